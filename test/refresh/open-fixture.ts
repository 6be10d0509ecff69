import { onTestFinished } from 'vitest';
import { type FixtureOptions, RefreshFixture } from './refresh-fixture.js';

/** A fixture that ends with the test. */
export async function openFixture(options: FixtureOptions = {}): Promise<RefreshFixture> {
  const fixture = await RefreshFixture.open(options);
  onTestFinished(() => fixture.close());
  return fixture;
}

import { onTestFinished } from 'vitest';
import { type GroundOptions, RefreshGround } from './refresh-ground.js';

/** A ground that ends with the test. */
export async function openGround(options: GroundOptions = {}): Promise<RefreshGround> {
  const ground = await RefreshGround.open(options);
  onTestFinished(() => ground.close());
  return ground;
}

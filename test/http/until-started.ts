import { DescribeStatementCommand, type RedshiftDataClient } from '@aws-sdk/client-redshift-data';

/** Poll until a statement runs. */
export async function untilStarted(client: RedshiftDataClient, id: string | undefined): Promise<void> {
  for (;;) {
    const { Status } = await client.send(new DescribeStatementCommand({ Id: id }));
    if (Status !== 'SUBMITTED' && Status !== 'PICKED') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

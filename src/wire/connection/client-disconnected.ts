/** The client disconnected before a session was open: there is nobody to answer, and no error to report. */
export class ClientDisconnected extends Error {
  override readonly name = 'ClientDisconnected';
}

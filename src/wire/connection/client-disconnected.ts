/** The client broke off before a session was open: nobody is there to be told, and nothing is wrong here. */
export class ClientDisconnected extends Error {
  override readonly name = 'ClientDisconnected';
}

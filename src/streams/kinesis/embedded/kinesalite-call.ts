import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type kinesalite from 'kinesalite';

/**
 * A whole request, its body read to the end: kinesalite never sees a client that goes away in the middle (that ends its
 * process).
 */
export interface WholeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** kinesalite's answer as it would have gone over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

class HandlerRequest extends EventEmitter implements kinesalite.Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  constructor({ method, url, headers }: WholeRequest) {
    super();
    this.method = method;
    this.url = url;
    this.headers = headers;
  }
}

/** Give `request` to kinesalite and wait for its answer. Rejects with what the handler throws. */
export function callKinesalite(handler: kinesalite.Handler, request: WholeRequest): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const headers: Record<string, string> = {};
    const response: kinesalite.Response = {
      statusCode: 200,
      setHeader: (name, value) => {
        headers[name] = String(value);
      },
      end: (body) => resolve({ status: response.statusCode, headers, body: body ?? '' }),
    };
    const fed = new HandlerRequest(request);
    handler(fed, response);
    if (request.body.length > 0) fed.emit('data', request.body);
    fed.emit('end');
  });
}

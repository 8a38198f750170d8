import type { FastifyRequest } from 'fastify';

const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const loopbackAddress = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
// A browser that was tricked into resolving a foreign name to this machine still sends the foreign name.
const loopbackHost = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/** Whether somebody else made the request, and a proxy handed it on. */
export function cameThroughProxy({ headers }: FastifyRequest): boolean {
  return proxyHeaders.some((name) => headers[name] !== undefined);
}

/** Whether a program on this machine made the request itself, not a proxy on behalf of somebody else. */
export function fromLoopback(request: FastifyRequest): boolean {
  return (
    loopbackAddress.test(request.socket.remoteAddress ?? '') &&
    loopbackHost.test(request.headers.host ?? '') &&
    !cameThroughProxy(request)
  );
}

import type { FastifyReply } from 'fastify';

/** What we wrote ourselves is not checked again. */
export function sendJson(reply: FastifyReply, body: object): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
}

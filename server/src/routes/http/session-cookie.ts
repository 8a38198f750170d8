import type { FastifyReply, FastifyRequest } from 'fastify';

const name = 'billumy_session';
/** As long as a login lasts. */
const lastsSeconds = 30 * 24 * 60 * 60;

/** The refresh token that the browser keeps for its pages; undefined without one. */
export function sessionCookieOf({ headers }: FastifyRequest): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value === '' ? undefined : value;
}

/** No script can read it, no other site can have it sent, and it goes to the routes of the session only. */
export function setSessionCookie(reply: FastifyReply, refreshToken: string): void {
  void reply.header('set-cookie', `${name}=${refreshToken}; Max-Age=${lastsSeconds}${attributesOf(reply.request)}`);
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.header('set-cookie', `${name}=; Max-Age=0${attributesOf(reply.request)}`);
}

/** Where the page came by HTTPS, which a proxy says, the cookie never travels without it. */
function attributesOf({ headers }: FastifyRequest): string {
  const secure = headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
  return `; Path=/auth/session; HttpOnly; SameSite=Strict${secure}`;
}

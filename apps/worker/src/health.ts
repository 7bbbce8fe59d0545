import { createServer, type Server } from 'node:http';

/** `/live`: the process runs. `/ready`: it reaches its database. Nothing else is answered. */
export function serveHealth(port: number, ready: () => Promise<void>): Server {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string): void => void response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
    if (request.url === '/live') answer(200, 'live');
    else if (request.url === '/ready') {
      ready().then(
        () => answer(200, 'ready'),
        () => answer(503, 'the database cannot be reached'),
      );
    } else answer(404, 'not found');
  });
  return server.listen(port);
}

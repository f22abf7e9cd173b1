import { Server } from 'socket.io';
import { v7 as uuidv7 } from 'uuid';
import { answer, listen, steadily } from './serve';

/** The least that tells the same: each fact at once, as a message of its own, to the rooms that may hear it. */
const { server, url } = await listen();
const io = new Server(server, { serveClient: false, transports: ['websocket'] });
io.on('connection', (socket) => void socket.join(String(socket.handshake.auth.room)));
let seq = 0;
answer(
  url,
  async () => {
    await io.close();
  },
  ({ facts, perSecond, people }) =>
    steadily(facts, perSecond, (index) => {
      const at = performance.timeOrigin + performance.now();
      const fact = { seq: ++seq, name: 'call.changed', payload: { callId: uuidv7() } };
      io.to('managers')
        .to(String(people[index % people.length]))
        .emit('fact', fact, at);
    }),
);

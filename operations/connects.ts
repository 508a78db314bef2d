import { connect } from "node:net";

/** Longest wait for a connection, in milliseconds. */
const connectTimeout = 5000;

/** Whether something accepts connections at `host:port`. */
export function connects(address: string): Promise<boolean> {
  const end = address.lastIndexOf(":");
  return new Promise((resolve) => {
    const socket = connect({ host: address.slice(0, end), port: Number(address.slice(end + 1)), timeout: connectTimeout });
    const done = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once("connect", () => done(true));
    socket.once("timeout", () => done(false));
    socket.once("error", () => done(false));
  });
}

// Loaded ahead of the server by tools/start.mjs: a server whose launcher was killed (SIGKILL cannot be passed on)
// dies as suddenly, so that the port is free for the next start. PostgreSQL is shut down by that start.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Watching must not keep alive a server that has nothing left to do.
  process.channel.unref();
}

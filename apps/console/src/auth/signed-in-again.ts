const channelName = 'latchkey-console-signed-in-again';

/** Tells the other tabs of the Console that there is a session again. */
export function announceSignedInAgain(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(null);
  channel.close();
}

/** Hears of it; answers how to stop. */
export function onSignedInAgain(heard: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', heard);
  return () => channel.close();
}

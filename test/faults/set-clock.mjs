// Loaded into ktop before it starts: each SIGUSR2 sets the wall clock back by an hour, each SIGWINCH forwards.
const HOUR_MS = 3_600_000;
const real = Date.now;
let offsetMs = 0;
Date.now = () => real() + offsetMs;
process.on('SIGUSR2', () => {
	offsetMs -= HOUR_MS;
});
process.on('SIGWINCH', () => {
	offsetMs += HOUR_MS;
});

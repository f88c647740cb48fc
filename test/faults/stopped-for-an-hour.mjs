// Loaded into ktop before it starts: whenever it goes on after it was stopped, an hour has passed by the wall clock.
const HOUR_MS = 3_600_000;
const real = Date.now;
let offsetMs = 0;
Date.now = () => real() + offsetMs;
process.on('SIGCONT', () => {
	offsetMs += HOUR_MS;
});

/** Longer than any frame waits for its pace. */
const SETTLED_MS = 40;

function settled(): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, SETTLED_MS));
}

/** The CPU time of a change and of all that follows from it. */
export async function cpuMsOf(change: () => void): Promise<number> {
	await settled();
	const before = process.cpuUsage();
	change();
	await settled();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** Resolves at a line of input, Ctrl-C or the end of input. The terminal is not in raw mode. */
export async function waitForEnter(stdin: NodeJS.ReadStream): Promise<void> {
	await new Promise<void>(resolve => {
		const done = (): void => {
			stdin.off('data', done);
			stdin.off('end', done);
			process.off('SIGINT', done);
			stdin.pause();
			resolve();
		};
		stdin.on('data', done);
		stdin.on('end', done);
		process.on('SIGINT', done);
		stdin.resume();
	});
}

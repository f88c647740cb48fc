/** A line of /proc/self/mountinfo. */
export type Mount = {
	/** `254:0`, the same for every mount of one file system. */
	readonly device: string;
	/** Which folder of the file system is mounted; `/` for all of it. */
	readonly root: string;
	readonly mountPoint: string;
	readonly type: string;
	readonly superOptions: readonly string[];
};

/** /proc/self/mountinfo (proc_pid_mountinfo(5)), in the order of mounting. */
export function parseMountinfo(text: string | undefined): readonly Mount[] {
	return (text?.split('\n') ?? []).flatMap(line => {
		// Optional fields stand before the lone dash, so that the three after it are found only by it.
		const [before = '', after = ''] = line.split(' - ');
		const [, , device, root, mountPoint] = before.split(' ');
		const [type, , superOptions] = after.split(' ');
		return device === undefined || root === undefined || mountPoint === undefined || !type
			? []
			: [
					{
						device,
						root: unescapeOctal(root),
						mountPoint: unescapeOctal(mountPoint),
						type,
						superOptions: superOptions?.split(',') ?? [],
					},
				];
	});
}

/** Spaces, tabs, line ends and backslashes in paths stand as three octal digits. */
function unescapeOctal(text: string): string {
	return text.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
		String.fromCharCode(Number.parseInt(octal, 8)),
	);
}

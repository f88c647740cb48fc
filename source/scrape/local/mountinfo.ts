/** A line of /proc/self/mountinfo. */
export type Mount = {
	/** The device, such as `254:0`; the same for all mounts of a file system. */
	readonly device: string;
	/** The mounted folder of the file system; `/` for all of it. */
	readonly root: string;
	readonly mountPoint: string;
	readonly type: string;
	readonly superOptions: readonly string[];
};

/** Parses /proc/self/mountinfo (proc_pid_mountinfo(5)), in mount order. */
export function parseMountinfo(text: string | undefined): readonly Mount[] {
	return (text?.split('\n') ?? []).flatMap(line => {
		// The number of fields before the dash varies, so split there first.
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

/** Decodes spaces, tabs, line ends and backslashes, which are octal escapes in paths. */
function unescapeOctal(text: string): string {
	return text.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
		String.fromCharCode(Number.parseInt(octal, 8)),
	);
}

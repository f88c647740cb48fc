/** The names of users by their numbers, as /etc/passwd lists them; the first of several names. */
export function parseUsers(text: string | undefined): ReadonlyMap<string, string> {
	const users = new Map<string, string>();
	for (const line of text?.split('\n') ?? []) {
		const [name = '', , uid = ''] = line.split(':');
		if (name !== '' && uid !== '' && !users.has(uid)) {
			users.set(uid, name);
		}
	}

	return users;
}

/**
 * The candidate that was most likely meant: the shortest that begins with the word; else the nearest one, if no more than
 * a third of the word (at least two characters, fewer for short words) would have to change. Case is ignored.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	const wanted = word.toLowerCase();
	const all = [...candidates];
	const [begun] = all
		.filter(name => wanted.length > 1 && name.toLowerCase().startsWith(wanted))
		.sort((one, other) => one.length - other.length);
	if (begun !== undefined) {
		return begun;
	}

	const most = Math.min(Math.max(2, wanted.length / 3), wanted.length - 1);
	let best: {readonly name: string; readonly distance: number} | undefined;
	for (const name of all) {
		const distance = editDistance(wanted, name.toLowerCase());
		if (distance <= most && (best === undefined || distance < best.distance)) {
			best = {name, distance};
		}
	}

	return best?.name;
}

/** Insertions, deletions and substitutions from one word to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const next = [i];
		for (let j = 1; j <= to.length; j++) {
			const substitution = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
		}

		row = next;
	}

	return row[to.length] ?? 0;
}

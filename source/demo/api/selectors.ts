/** Whether labels match `app=web,tier!=db,zone in (a,b),!canary,owner` (k8s.io/apimachinery/pkg/labels). */
export function matchesLabels(selector: string, labels: Readonly<Record<string, string>>): boolean {
	// Commas within brackets belong to a set.
	const terms = selector.split(/,(?![^(]*\))/).map(term => term.trim());
	return terms.every(term => term === '' || matchesTerm(term, labels));
}

function matchesTerm(term: string, labels: Readonly<Record<string, string>>): boolean {
	const [, setKey, negation, set] = /^(\S+)\s+(not)?in\s+\((.*)\)$/.exec(term) ?? [];
	if (setKey !== undefined && set !== undefined) {
		const isIn = set
			.split(',')
			.map(value => value.trim())
			.includes(labels[setKey] ?? '');
		return negation === undefined ? isIn && Object.hasOwn(labels, setKey) : !isIn;
	}

	const [, key = '', operator, value] = /^(.*?)\s*(!=|==?)\s*(.*)$/.exec(term) ?? [];
	if (operator !== undefined) {
		return (labels[key] === value) === (operator !== '!=');
	}

	return term.startsWith('!') ? !Object.hasOwn(labels, term.slice(1)) : Object.hasOwn(labels, term);
}

/** The value of a `field=value` in a field selector; undefined where the field is not in it. */
export function fieldOf(selector: string, field: string): string | undefined {
	const found = selector.split(',').find(term => term.startsWith(`${field}=`));
	return found?.slice(field.length + 1);
}

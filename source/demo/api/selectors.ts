export type ObjectLabels = Readonly<Record<string, string>>;

type Matches = (labels: ObjectLabels) => boolean;

const KEY = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const VALUE = '(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?';
const IN_SET = new RegExp(String.raw`^(${KEY})\s+(in|notin)\s*\(([^()]*)\)$`);
const EQUALITY = new RegExp(String.raw`^(${KEY})\s*(!=|==?)\s*(${VALUE})$`);
const EXISTENCE = new RegExp(String.raw`^(!?)\s*(${KEY})$`);
const WHOLE_VALUE = new RegExp(`^${VALUE}$`);

/**
 * Parses a label selector into a predicate: `app=web,tier!=db,zone in (a,b),zone notin (c),!canary,owner`
 * (k8s.io/apimachinery/pkg/labels). Undefined if it is invalid.
 */
export function parseLabelSelector(text: string): Matches | undefined {
	const tests = termsOf(text).map(parseLabelTerm);
	const parsed = tests.filter(test => test !== undefined);
	return parsed.length < tests.length ? undefined : labels => parsed.every(test => test(labels));
}

function parseLabelTerm(term: string): Matches | undefined {
	const [, setKey, verb, set] = IN_SET.exec(term) ?? [];
	if (setKey !== undefined && set !== undefined) {
		const values = set.split(',').map(value => value.trim());
		const isIn: Matches = labels => Object.hasOwn(labels, setKey) && values.includes(labels[setKey] ?? '');
		const isValid = values.every(value => WHOLE_VALUE.test(value));
		return isValid ? (verb === 'in' ? isIn : labels => !isIn(labels)) : undefined;
	}

	const [, key, operator, value] = EQUALITY.exec(term) ?? [];
	if (key !== undefined) {
		// `!=` also selects objects without the label.
		return labels => (Object.hasOwn(labels, key) && labels[key] === value) === (operator !== '!=');
	}

	const [, negation, name] = EXISTENCE.exec(term) ?? [];
	return name === undefined ? undefined : labels => Object.hasOwn(labels, name) === (negation === '');
}

export type FieldTerm = {readonly field: string; readonly value: string; readonly isEqual: boolean};

/** Parses a field selector: `metadata.name=web-1,status.phase!=Running`. Undefined if it is invalid. */
export function parseFieldSelector(text: string): readonly FieldTerm[] | undefined {
	const terms = termsOf(text).map(term => {
		const [, field, operator, value = ''] = /^([^=!]+)(!=|==?)([^=]*)$/.exec(term) ?? [];
		return field === undefined ? undefined : {field, value, isEqual: operator !== '!='};
	});
	const parsed = terms.filter(term => term !== undefined);
	return parsed.length < terms.length ? undefined : parsed;
}

/** Splits at commas, except within the parentheses of a set. */
function termsOf(text: string): readonly string[] {
	return text.trim() === '' ? [] : text.split(/,(?![^(]*\))/).map(term => term.trim());
}

import fc from 'fast-check';
import {anyText} from './any-text.ts';

/** Pieces that upset parsers of any text. */
const NASTY: readonly string[] = [
	'',
	'\0',
	'\n',
	'\r\n',
	'\t',
	' ',
	'"',
	"'",
	'\\',
	'{',
	'}',
	'[',
	']',
	':',
	',',
	'#',
	'&',
	'*a',
	'<<: ',
	'!!',
	'|',
	'>',
	'-',
	'--',
	'0',
	'-0',
	'1e999',
	'NaN',
	'+Inf',
	'-Inf',
	'18446744073709551615',
	'9'.repeat(400),
	'%',
	'%zz',
	'%00',
	'..',
	'\u001B',
	'\u001B[',
	'\u001B[2J',
	'\u009B',
	'\u202E',
	'\u200D',
	'\uFEFF',
	'\uD800',
	'👩‍👩‍👧',
	'é',
	'İ',
	'日本',
	'̈',
	'(',
	')',
	'(?:',
	'a{1,9999}',
	'[^',
	'*+',
	'((((',
	'__proto__',
	'constructor',
	'toString',
];

type Damage = {
	/** Shares of the text's length, so that a smaller text keeps its damage. */
	readonly at: number;
	readonly length: number;
	readonly times: number;
	readonly piece: string;
};

/** Texts that others were damaged to: cut, repeated and with pieces put into them. */
export function damagedText(seeds: readonly string[], pieces: readonly string[] = []): fc.Arbitrary<string> {
	const damage: fc.Arbitrary<Damage> = fc.record({
		at: fc.double({min: 0, max: 1, noNaN: true}),
		length: fc.double({min: 0, max: 1, noNaN: true}).map(share => share ** 4),
		times: fc.oneof(fc.constantFrom(0, 1, 1, 2), fc.integer({min: 3, max: 40})),
		piece: fc.oneof(fc.constantFrom(...NASTY, ...pieces), fc.constantFrom('', ...pieces), anyText(6)),
	});
	return fc
		.tuple(fc.constantFrom(...seeds), fc.array(damage, {maxLength: 8}))
		.map(([seed, damages]) => damages.reduce(damaged, seed));
}

const LONGEST = 400_000;

function damaged(text: string, {at, length, times, piece}: Damage): string {
	const start = Math.floor(at * text.length);
	const part = text.slice(start, start + Math.ceil(length * text.length));
	return `${text.slice(0, start)}${piece}${part.repeat(times).slice(0, LONGEST)}${text.slice(start + part.length)}`.slice(
		0,
		LONGEST,
	);
}

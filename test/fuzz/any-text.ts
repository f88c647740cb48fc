import fc from 'fast-check';

/**
 * Up to `maxLength` code points of all Unicode, halves of surrogates among them. `fc.string({unit: 'binary'})` keeps a
 * map of all code points, 59 MB of the heap that readers are given here.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
	return fc
		.array(fc.integer({min: 0, max: 0x10_ff_ff}), {maxLength})
		.map(points => String.fromCodePoint(...points));
}

/**
 * Memoizes a pure function of a text for the last `size` to 2 × `size` texts, so that texts that are in every frame are
 * computed once.
 */
export function memoizeRecent<Value>(compute: (text: string) => Value, size = 512): (text: string) => Value {
	let young = new Map<string, Value>();
	let old = new Map<string, Value>();
	return text => {
		const known = young.get(text);
		if (known !== undefined) {
			return known;
		}

		const value = old.get(text) ?? compute(text);
		if (young.size >= size) {
			old = young;
			young = new Map();
		}

		young.set(text, value);
		return value;
	};
}

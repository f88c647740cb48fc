/**
 * A pure function of a text that remembers its latest results: `size` of them at least and twice as many at most. What
 * a screen shows in every frame is computed once.
 */
export function recent<Value>(compute: (text: string) => Value, size = 512): (text: string) => Value {
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

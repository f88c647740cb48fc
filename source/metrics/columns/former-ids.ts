/** Ids of columns that were renamed; `--sort`, filters, the config file and saved settings still take them. */
const RENAMED: ReadonlyMap<string, string> = new Map([
	['rx', 'net-received'],
	['tx', 'net-sent'],
]);

/** The id that a column has now; any other text as it is. */
export function currentId(id: string): string {
	return RENAMED.get(id) ?? id;
}

export type MetricLabels = Readonly<Record<string, string>>;

/** Prometheus' text format 0.0.4: the rows of a family stand together, whatever order they came in. */
export class MetricsText<Name extends string> {
	readonly #families: ReadonlyMap<string, {readonly type: string; readonly lines: string[]}>;

	constructor(types: Readonly<Record<Name, 'counter' | 'gauge'>>) {
		this.#families = new Map(Object.entries<string>(types).map(([name, type]) => [name, {type, lines: []}]));
	}

	/** Without `timeMs` (Unix milliseconds) a row is of the moment that it is read. */
	add(name: Name, labels: MetricLabels, value: number, timeMs?: number): void {
		const stamp = timeMs === undefined ? '' : ` ${timeMs}`;
		this.#families.get(name)?.lines.push(`${name}${labelText(labels)} ${value}${stamp}\n`);
	}

	/** Families without a row are left out. */
	toString(): string {
		return [...this.#families]
			.filter(([, {lines}]) => lines.length > 0)
			.map(([name, {type, lines}]) => `# TYPE ${name} ${type}\n${lines.join('')}`)
			.join('');
	}
}

function labelText(labels: MetricLabels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Within quotes a backslash, a quote and a line break are written with a backslash; backslashes first. */
export function escapeValue(value: string): string {
	return value
		.replaceAll('\\', String.raw`\\`)
		.replaceAll('"', String.raw`\"`)
		.replaceAll('\n', String.raw`\n`);
}

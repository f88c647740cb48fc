export type MetricLabels = Readonly<Record<string, string>>;

export type MetricFamily = {readonly type: 'counter' | 'gauge'; readonly help?: string};

/** Builds the Prometheus text format 0.0.4. Samples are grouped by family, in the order of `families`. */
export class MetricsText<Name extends string> {
	readonly #families: ReadonlyMap<string, {readonly family: MetricFamily; readonly lines: string[]}>;

	constructor(families: Readonly<Record<Name, MetricFamily>>) {
		this.#families = new Map(
			Object.entries<MetricFamily>(families).map(([name, family]) => [name, {family, lines: []}]),
		);
	}

	/** `timeMs` is in Unix milliseconds. Without it, the scrape's own time applies. */
	add(name: Name, labels: MetricLabels, value: number, timeMs?: number): void {
		const timestamp = timeMs === undefined ? '' : ` ${timeMs}`;
		this.#families.get(name)?.lines.push(`${name}${labelText(labels)} ${value}${timestamp}\n`);
	}

	/** Families without samples are left out. */
	toString(): string {
		return [...this.#families]
			.filter(([, {lines}]) => lines.length > 0)
			.map(([name, {family, lines}]) => {
				const help = family.help === undefined ? '' : `# HELP ${name} ${family.help}\n`;
				return `${help}# TYPE ${name} ${family.type}\n${lines.join('')}`;
			})
			.join('');
	}
}

function labelText(labels: MetricLabels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Escapes backslashes, quotes and line breaks. Backslashes come first, so that added ones are not escaped again. */
export function escapeValue(value: string): string {
	return value
		.replaceAll('\\', String.raw`\\`)
		.replaceAll('"', String.raw`\"`)
		.replaceAll('\n', String.raw`\n`);
}

/** Three hours ago, at a whole step: a server keeps what is older than two hours in blocks. */
export const START = Math.floor((Date.now() - 3 * 3_600_000) / 60_000) * 60_000;
export const NOW = START + 600_000;
export const SAMPLE_MS = 15_000;

export type LabelNames = Readonly<Record<string, string>>;
export type Past = {
	readonly metric: string;
	readonly labels: LabelNames;
	readonly valueAt: (s: number) => number;
};

export const growing =
	(perSecond: number) =>
	(s: number): number =>
		s * perSecond;
export const steady = (value: number) => (): number => value;

export const row = (metric: string, labels: LabelNames, valueAt: (s: number) => number): Past => ({
	metric,
	labels,
	valueAt,
});

/** OpenMetrics: a metric's rows stand together. */
export function openMetrics(past: readonly Past[]): string {
	const quote = (text: string): string => JSON.stringify(text);
	const lines = past
		.toSorted((one, other) => one.metric.localeCompare(other.metric))
		.flatMap(({metric, labels, valueAt}) =>
			Array.from({length: 600_000 / SAMPLE_MS + 1}, (_, index) => {
				const s = (index * SAMPLE_MS) / 1000;
				const pairs = Object.entries(labels).map(([name, value]) => `${name}=${quote(value)}`);
				return `${metric}{${pairs.join(',')}} ${valueAt(s)} ${START / 1000 + s}\n`;
			}),
		);
	return `${lines.join('')}# EOF\n`;
}

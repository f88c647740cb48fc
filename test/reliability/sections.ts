/** A table of test/RELIABILITY.md. */
export type Section = {
	readonly title: string;
	/** What was done, in a paragraph. */
	readonly intro: string;
	/** The first column is the name of the test that holds the row. */
	readonly columns: readonly string[];
};

/** In the order of the report. Tests fill them by `report`. */
export const SECTIONS = {
	faults: {
		title: 'Faults',
		intro:
			'Each fault is made over real sockets or files and read by the routes, poller, store or recorder that users run. ' +
			'`HOST` stands for the address of the test’s server.',
		columns: ['fault', 'the row says', 'code in JSON', 'what is said, and what goes on'],
	},
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;

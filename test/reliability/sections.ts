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
	text: {
		title: 'Hostile text',
		intro:
			'Real servers, each text of whose answers holds control, escape, bidi, zero-width, wide or combining characters or a ' +
			'formula, are read by the program in a pseudo-terminal with a terminal emulator, or in a pipe.',
		columns: ['where text could do harm', 'hostile texts', 'tried', 'what gets out'],
	},
	secrets: {
		title: 'Secrets',
		intro:
			'Secrets are planted where users have them, the program is run into all kinds of failures, and everything that ' +
			'it wrote is searched for them.',
		columns: ['what must not happen', 'secrets', 'tried'],
	},
	rights: {
		title: 'Rights',
		intro:
			'A server that authorizes as Kubernetes does, kubelets included. With all rights of `ktop rbac` all works; then each ' +
			'is taken away, and `ktop doctor`’s fix applied.',
		columns: ['without', 'what the user sees', 'code', 'what doctor’s fix grants'],
	},
	losses: {
		title: 'Losses',
		intro: 'What `ktop record` keeps of the rounds that it read, while its store, its disk and itself fail.',
		columns: ['what goes wrong', 'schedules', 'rounds', 'what is lost'],
	},
	supply: {
		title: 'Supply chain',
		intro: 'What the package is made of.',
		columns: ['what holds', 'checked', 'of'],
	},
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;

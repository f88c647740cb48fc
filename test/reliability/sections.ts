/** A table of test/RELIABILITY.md. */
export type Section = {
	readonly title: string;
	/** What was done, in a paragraph. */
	readonly intro: string;
	/** The first column is the name of the test that holds the row. */
	readonly columns: readonly string[];
	/** Counts are those of the longest run so far, and not of the last one. */
	readonly isLongestRun?: boolean;
};

/** In the order of the report. Tests fill them by `report`. */
const TABLES = {
	faults: {
		title: 'Faults',
		intro:
			'Each fault is made over real sockets or files and read by the routes, poller, store or recorder that users run. ' +
			'`HOST` stands for the address of the test’s server.',
		columns: ['fault', 'the row says', 'code in JSON', 'what is said, and what goes on'],
	},
	known: {
		title: 'Known from real clusters',
		intro:
			'Failures that users of Kubernetes, metrics-server, cAdvisor, Heapster and others reported over the years, each shown to ' +
			'the program over real sockets, with recorded answers where there are some.',
		columns: ['what the user sees', 'failure'],
	},
	fuzz: {
		title: 'Bad input',
		intro:
			'Readers of foreign input, fuzzed by `npm run fuzz` with damaged answers, files and texts. Each either reads its input or ' +
			'refuses it by an error with a code and a hint, throws nothing else, gives no number that is none, comes to an end, and ' +
			'does so within a heap of 160 MB. The tests try a hundred inputs of each; the counts are of the longest run.',
		columns: ['what is read', 'damaged', 'inputs'],
		isLongestRun: true,
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
	uptime: {
		title: 'Uptime',
		intro:
			'Hours of churn in compressed time: the clock is a value; kubelets over HTTP, decoders, rings, inventory and views are ' +
			'real. Each round replaces a pod of every node, some scrapes fail, and nodes are reached anew.',
		columns: ['what holds', 'hours', 'scrapes', 'pods replaced', 'connections', 'what was looked at'],
	},
	supply: {
		title: 'Supply chain',
		intro: 'What the package is made of.',
		columns: ['what holds', 'checked', 'of'],
	},
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof TABLES;

export const SECTIONS: Readonly<Record<SectionName, Section>> = TABLES;

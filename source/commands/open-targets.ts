import type {Options} from '../options/options.ts';
import type {SourceSpec} from '../options/source-spec.ts';
import {localTarget} from '../scrape/local/target.ts';
import type {Target} from '../scrape/target.ts';
import {readAccess} from './access-files.ts';

/** What is to be read, and how to call it. */
export type OpenTargets = {
	readonly targets: readonly Target[];
	/** `this machine`, `3 kubelets`, for the screen's head and JSON. */
	readonly label: string;
	readonly isDemo: boolean;
	readonly intervalMs: number;
	readonly close: () => Promise<void>;
};

/** Turns the sources of the command line into targets; without any, this machine is read. */
export async function openTargets(options: Options): Promise<OpenTargets> {
	const specs = options.sources.length > 0 ? options.sources : ([{kind: 'local'}] as const);
	const opened = new Map<string, Target>();
	const closers: Array<() => Promise<void>> = [];
	for (const spec of specs) {
		for (const target of await open(spec, options, closers)) {
			// The same node named twice is one node.
			opened.set(target.id, opened.get(target.id) ?? target);
		}
	}

	const targets = [...opened.values()];
	return {
		targets,
		label: describe(specs, targets.length),
		isDemo: specs.some(({kind}) => kind === 'demo'),
		intervalMs: options.intervalMs ?? Math.max(...targets.map(({naturalIntervalMs}) => naturalIntervalMs)),
		close: async () => {
			await Promise.allSettled(closers.map(close => close()));
		},
	};
}

/** Each kind is loaded when it is asked for: this machine needs no HTTP. */
async function open(
	spec: SourceSpec,
	options: Options,
	closers: Array<() => Promise<void>>,
): Promise<readonly Target[]> {
	switch (spec.kind) {
		case 'local':
			return [localTarget()];
		case 'kubelet': {
			const {kubeletTarget} = await import('../scrape/kubelet/target.ts');
			const {kubeletTls, authorization} = await readAccess(options.access);
			return [
				kubeletTarget({url: spec.url, tls: kubeletTls, authorization, timeoutMs: options.requestTimeoutMs}),
			];
		}

		case 'cadvisor': {
			const {cadvisorTarget} = await import('../scrape/cadvisor/target.ts');
			const {tls} = await readAccess(options.access);
			return [cadvisorTarget({url: spec.url, tls, timeoutMs: options.requestTimeoutMs})];
		}

		case 'demo': {
			const {kubeletTarget} = await import('../scrape/kubelet/target.ts');
			const {startDemo} = await import('../demo/demo-cluster.ts');
			const {parseDemoOptions} = await import('../demo/demo-options.ts');
			const demo = await startDemo(parseDemoOptions(spec.options));
			closers.push(demo.close);
			return demo.nodes.map(({name, url}) => kubeletTarget({url, name, timeoutMs: options.requestTimeoutMs}));
		}
	}
}

function describe(specs: readonly SourceSpec[], count: number): string {
	const kinds = new Set(specs.map(({kind}) => kind));
	const [kind] = kinds;
	if (kinds.size > 1 || kind === undefined) {
		return `${count} nodes`;
	}

	switch (kind) {
		case 'local':
			return 'this machine';
		case 'demo':
			return `demo of ${plural(count, 'node')}`;
		case 'kubelet':
			return plural(count, 'kubelet');
		case 'cadvisor':
			return plural(count, 'cAdvisor');
	}
}

function plural(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}

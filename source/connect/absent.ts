import type {ApiReader} from '../cluster/inventory/api-reader.ts';
import type {Inventory} from '../cluster/inventory/inventory.ts';
import {hasNamespace, namesOf} from '../cluster/inventory/names.ts';
import type {Namespaces, Source} from '../metrics/model/view.ts';
import {nearest} from '../metrics/view/did-you-mean.ts';
import type {SourceOptions} from '../options/options.ts';

/** The most names in one message. */
const MOST_NAMES = 12;

const TIMEOUT_MS = 3000;

export type NamesToCheck = {
	readonly api: Pick<ApiReader, 'get'>;
	readonly selection: Pick<SourceOptions['selection'], 'namespaces' | 'nodeName' | 'selector'>;
};

/** Checks that the namespaces, node and labels named in the options exist. */
export type Absence = {
	/** Resolves when the inventory is listed and missing names have been looked up. */
	readonly whenKnown: Promise<void>;
	/** A line for each name that does not exist, with the names that do. */
	readonly absent: () => readonly string[];
	/** A line for each namespace that exists but has no pods. */
	readonly empty: () => readonly string[];
};

/** Sends requests only for names that the inventory does not contain. */
export function watchAbsence(
	inventory: Pick<Inventory, 'nodes' | 'pods' | 'status' | 'version'>,
	{api, selection: {namespaces = [], nodeName, selector}}: NamesToCheck,
	whenListed: Promise<void>,
): Absence {
	const isNone = (resource: 'nodes' | 'pods'): boolean =>
		inventory.status(resource).isListed && inventory[resource]().size === 0;
	let absentNode: string | undefined;
	let absentNamespaces: ReadonlyMap<string, string> = new Map();
	let populated: {readonly version: number; readonly names: ReadonlySet<string>} | undefined;
	const hasNoPods = (namespace: string): boolean => {
		if (!inventory.status('pods').isListed) {
			return false;
		}

		// Called for every frame.
		if (populated?.version !== inventory.version()) {
			const names = new Set<string>();
			for (const {namespace} of inventory.pods().values()) {
				names.add(namespace);
			}

			populated = {version: inventory.version(), names};
		}

		return !populated.names.has(namespace);
	};
	const lookUp = async (): Promise<void> => {
		if (nodeName !== undefined && isNone('nodes')) {
			const names = (await namesOf(api, '/api/v1/nodes', 'name', TIMEOUT_MS)) ?? [];
			absentNode = names.includes(nodeName) ? undefined : describeAbsent('node', nodeName, names);
		}

		const unpopulated = namespaces.filter(hasNoPods);
		const lines = await Promise.all(unpopulated.map(name => describeNamespace(api, name)));
		absentNamespaces = new Map(
			unpopulated.flatMap((name, index) => {
				const line = lines[index];
				return line === undefined ? [] : [[name, line] as const];
			}),
		);
	};
	return {
		whenKnown: whenListed.then(lookUp),
		// Names may be created later.
		absent: () => [
			...(absentNode !== undefined && isNone('nodes') ? [absentNode] : []),
			...[...absentNamespaces].flatMap(([name, line]) => (hasNoPods(name) ? [line] : [])),
		],
		empty: () => {
			const where = nodeName === undefined ? '' : ` on node “${nodeName}”`;
			const which = `${selector === undefined ? '' : ` with the labels ${selector}`}${where}`;
			if (absentNode !== undefined) {
				return [];
			}

			return namespaces.length === 0
				? selector !== undefined && isNone('pods')
					? [`there is no pod${which}`]
					: []
				: namespaces
						.filter(name => !absentNamespaces.has(name) && hasNoPods(name))
						.map(name => `namespace “${name}” has no pods${which}`);
		},
	};
}

/** Undefined where the namespace exists. */
async function describeNamespace(api: NamesToCheck['api'], name: string): Promise<string | undefined> {
	const exists = await hasNamespace(api, name, TIMEOUT_MS);
	if (exists === true) {
		return undefined;
	}

	const names = await namesOf(api, '/api/v1/namespaces', 'name', TIMEOUT_MS);
	if (exists === false || names !== undefined) {
		return names?.includes(name) ? undefined : describeAbsent('namespace', name, names ?? []);
	}

	// ktop's minimal rights allow listing all pods but not namespaces. A user who may list only the pods of one namespace
	// was granted that right in it, so it exists.
	const populated = await namesOf(api, '/api/v1/pods', 'namespace', TIMEOUT_MS);
	return populated === undefined || populated.includes(name)
		? undefined
		: `no pod is in namespace “${name}”${suggest(name, populated, 'there are pods in')}`;
}

/** The same for sources without an API server: a namespace exists if a pod in it was scraped. */
export function absentNamespaces(
	source: Pick<Source, 'view'>,
	namespaces: Namespaces,
	nowMs: number,
): readonly string[] {
	if (namespaces === undefined) {
		return [];
	}

	const isRead = source
		.view({level: 'nodes'}, 'live', nowMs)
		.rows.some(({receivedAtMs}) => receivedAtMs !== undefined);
	const names = source
		.view({level: 'namespaces'}, 'live', nowMs)
		.rows.map(({name}) => name)
		.filter(name => name !== '');
	return isRead
		? namespaces
				.filter(name => !names.includes(name))
				.map(name => describeAbsent('namespace', name, names.sort()))
		: [];
}

function describeAbsent(kind: 'node' | 'namespace', name: string, names: readonly string[]): string {
	return `there is no ${kind} “${name}”${suggest(name, names, 'there are')}`;
}

function suggest(name: string, names: readonly string[], lead: string): string {
	if (names.length === 0) {
		return '';
	}

	const meant = nearest(name, names);
	const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
	const list = `${lead} ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
	return meant === undefined ? `; ${list}` : `; did you mean “${meant}”? (${list})`;
}

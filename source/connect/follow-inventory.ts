import type {Inventory} from '../cluster/inventory/inventory.ts';
import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {Namespaces} from '../metrics/model/view.ts';
import type {ReachableNode} from '../scrape/node/cluster-routes.ts';
import {NodeRoster} from '../scrape/node/node-roster.ts';
import {nodesOfPods} from '../scrape/node/nodes-of-pods.ts';
import type {Target} from '../scrape/target.ts';
import {type NamesToCheck, watchAbsence} from './absent.ts';
import type {OpenSource} from './open-source.ts';

/** How often to apply changes. Nodes change by the minute; most events are about pods, which change by the second. */
const LOOK_EVERY_MS = 500;

/**
 * Starts the inventory and follows its nodes. Resolves as soon as the nodes are listed, or every list has failed. It does
 * not wait for pods, which take long in a large cluster. Throws `KtopError` if nothing was listed.
 */
export async function followInventory(
	inventory: Inventory,
	targetOf: (node: ReachableNode) => Target,
	asked: NamesToCheck,
): Promise<Omit<OpenSource, 'label' | 'accessTo' | 'describe' | 'context' | 'kubernetesVersion' | 'close'>> {
	const whenListed = inventory.start();
	const {whenKnown, absent, empty} = watchAbsence(inventory, asked, whenListed);
	await Promise.race([whenListed, whenNodesListed(inventory)]);
	if (
		!inventory.status('nodes').isListed &&
		!inventory.status('pods').isListed &&
		inventory.pods().size === 0
	) {
		throw nothingListed(inventory, asked.selection.namespaces);
	}

	const roster = new NodeRoster(targetOf);
	const refresh = () =>
		roster.update(
			inventory.status('nodes').isListed
				? inventory.nodes().values()
				: nodesOfPods(inventory.pods().values()),
		);
	return {
		targets: refresh().added,
		inventory,
		whenListed: whenKnown,
		refresh,
		follow(onChange) {
			let timer: NodeJS.Timeout | undefined;
			const lookSoon = (): void => {
				timer ??= setTimeout(() => {
					timer = undefined;
					onChange(refresh());
				}, LOOK_EVERY_MS);
			};
			const stop = inventory.subscribe(lookSoon);
			// Nodes may have come and gone while the first ones were added.
			lookSoon();
			return () => {
				stop();
				clearTimeout(timer);
			};
		},
		isInventoryCurrent: () => inventory.isCurrent?.() !== false,
		hidesNodes() {
			const {isListed, problem} = inventory.status('nodes');
			return !isListed && problem?.code === 'forbidden';
		},
		absent,
		notices: () => [...absent(), ...empty(), ...describeTrouble(inventory)],
	};
}

function whenNodesListed(inventory: Inventory): Promise<void> {
	return new Promise(resolve => {
		const stop = inventory.subscribe(() => {
			if (inventory.status('nodes').isListed) {
				stop();
				resolve();
			}
		});
	});
}

/** Warnings about resources that are not listed or may be out of date. */
function describeTrouble(inventory: Inventory): readonly string[] {
	const late = (['nodes', 'pods'] as const).flatMap(resource => {
		const {problem, isListed, lastContactMs} = inventory.status(resource);
		if (problem === undefined) {
			return [];
		}

		if (isListed) {
			return [`${resource} may be out of date${since(lastContactMs)}: ${problem.message}`];
		}

		// A missing right has its own notice.
		return problem.code === 'forbidden' ? [] : [`${resource} are not listed yet: ${problem.message}`];
	});
	return [...inventory.notices().map(({text}) => text), ...late];
}

/** In local time, as on the screen. */
function since(timeMs: number | undefined): string {
	return timeMs === undefined ? '' : ` since ${new Date(timeMs).toTimeString().slice(0, 8)}`;
}

/** The failure of the first list, if nothing was listed. */
function nothingListed(inventory: Inventory, namespaces: Namespaces): KtopError {
	const [nodes, pods] = [inventory.status('nodes').problem, inventory.status('pods').problem];
	const {code, brief, message, hint} = nodes ?? pods ?? NOTHING_LISTED;
	// Many users have rights only in namespaces other than the one of the context.
	const isElsewhere =
		namespaces === undefined && nodes?.code === 'forbidden' && !message.includes('system:anonymous');
	return new KtopError({
		code,
		brief,
		message,
		hint: isElsewhere ? `with rights in one namespace, write ktop -n NAMESPACE; else ${hint}` : hint,
	});
}

const NOTHING_LISTED: Failure = {
	code: 'bad-answer',
	brief: 'nothing listed',
	message: 'the API server listed neither nodes nor pods',
	hint: 'ktop doctor checks each step of the connection',
};

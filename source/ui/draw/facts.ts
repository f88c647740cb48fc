import {clusterOfRow} from '../../metrics/model/cluster-of-row.ts';
import type {Description} from '../../metrics/model/description.ts';
import {sumLimits} from '../../metrics/model/pod-limits.ts';
import type {Subject} from '../../metrics/model/row.ts';
import {UNKNOWN} from '../format/numbers.ts';
import type {Theme} from '../theme/theme.ts';
import {amounts} from './facts/amounts-fact.ts';
import {clusterFacts} from './facts/cluster-facts.ts';
import {containerFacts} from './facts/container-facts.ts';
import {descriptionFacts} from './facts/description-facts.ts';
import {CRITICAL, type FactsContext, fact, HIGH, orUnknown} from './facts/fact.ts';
import {
	drawFactColumns,
	type Fact,
	type FactColumnsOptions,
	factLines,
	factPages,
} from './facts/fact-columns.ts';
import {nodeFacts} from './facts/node-facts.ts';
import {podFacts} from './facts/pod-facts.ts';
import {processFacts} from './facts/process-facts.ts';
import {workloadFacts} from './facts/workload-facts.ts';

export type FactsOptions = {
	readonly row: Subject;
	readonly nowMs: number;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	/** Leaves out facts that are unknown. */
	readonly isKnownOnly?: boolean;
	/** What the API server says about the object; undefined if it is not asked. */
	readonly description?: Description | 'unread' | undefined;
};

/** A page of the facts about an object, critical ones first; exactly `height` lines of `width` cells. */
export function drawFacts({
	page = 0,
	...options
}: FactsOptions & {readonly page?: number}): readonly string[] {
	return drawFactColumns(columnsOptions(options), options.height, page);
}

/** The number of pages of facts at this height. */
export function factsPages(options: FactsOptions): number {
	return factPages(columnsOptions(options), options.height);
}

/** The number of lines that all facts about an object need. */
export function factsHeight(options: Omit<FactsOptions, 'height'>): number {
	return factLines(columnsOptions(options));
}

/** As many facts as fit whole into `height` lines, the most urgent ones, without those that are unknown. */
export function factsWithin(options: FactsOptions): readonly string[] {
	const {facts, ...rest} = columnsOptions({...options, isKnownOnly: true});
	for (let count = facts.length; count > 0; count--) {
		const some = {...rest, facts: facts.slice(0, count)};
		const needed = factLines(some);
		if (needed <= options.height) {
			return drawFactColumns(some, needed, 0);
		}
	}

	return [];
}

function columnsOptions(options: Omit<FactsOptions, 'height'>): FactColumnsOptions {
	const {row, width, theme, nowMs, description, isKnownOnly = false} = options;
	const described = description === undefined ? [] : descriptionFacts(description, nowMs);
	const cluster = row.kind === 'cluster' ? undefined : clusterOfRow(row);
	const place = cluster === undefined ? [] : [fact('Cluster', cluster)];
	const isDescribed = typeof description === 'object' && description.facts.kind === 'known';
	const facts = [...place, ...factsOf(row, {...options, isDescribed}), ...described].filter(
		one => !isKnownOnly || isKnown(one),
	);
	return {
		facts: byUrgency(facts),
		width,
		ellipsis: theme.ellipsis,
		paintLabel: label => theme.paint('dim', label),
		paintNote: text => theme.paint('warning', text),
	};
}

/** Whether any part of a fact is known: `working set –, rss –` is not. */
function isKnown({pieces}: Fact): boolean {
	return !pieces
		.join(' ')
		.split(', ')
		.every(part => part.includes(UNKNOWN));
}

/** Critical facts first, then high ones; the order is stable. */
function byUrgency(facts: readonly Fact[]): readonly Fact[] {
	const urgency = ({share = 0}: Fact): number => (share >= CRITICAL ? 0 : share >= HIGH ? 1 : 2);
	return [...facts].sort((one, other) => urgency(one) - urgency(other));
}

function factsOf(row: Subject, options: FactsContext): readonly Fact[] {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return factsOf(row.of, options);
		case 'node':
			return nodeFacts(row, options);
		case 'pod':
			return podFacts(row, options);
		case 'container':
			return containerFacts(row, options);
		case 'cluster':
			return clusterFacts(row, options);
		case 'workload':
			return workloadFacts(row);
		case 'process':
			return processFacts(row, options);
		case 'group':
		case 'namespace':
			return [
				fact(
					'Pods',
					orUnknown(row.podCount, count => `${count} bound`),
				),
				fact(
					'Containers',
					orUnknown(row.containerCount, count => `${count} running`),
				),
				fact('Requests', amounts(row.bound?.requests)),
				fact('Limits', amounts(sumLimits(row))),
			];
	}
}

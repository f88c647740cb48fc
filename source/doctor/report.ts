import {printable, printableJson} from '../metrics/model/printable.ts';
import type {Finding} from './finding.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = {
	ok: 'ok',
	warning: 'warning',
	failed: 'FAILED',
	skipped: '-',
};

const MARK_WIDTH = 8;

/** How many nodes are named before the rest is counted. */
const NAMED_NODES = 8;

/** For people: a line for each check, and below it what to do. */
export function describeFindings(findings: readonly Finding[]): string {
	const checkWidth = Math.max(...findings.map(({check}) => check.length));
	const lines = findings.flatMap(({check, verdict, message, nodes, fix}) => [
		`${MARKS[verdict].padEnd(MARK_WIDTH)} ${check.padEnd(checkWidth)}  ${printable(message)}`,
		...(nodes.length === 0 ? [] : [indent(nameSome(nodes))]),
		...fix.map(line => indent(`${isManifest(line) ? '  ' : '→ '}${line}`)),
	]);
	return `${[...lines, '', summary(findings)].join('\n')}\n`;
}

/** For programs; unknown fields are absent. */
export function findingsJson(findings: readonly Finding[], nowMs: number): string {
	return `${printableJson({
		apiVersion: 'ktop/v1',
		kind: 'Diagnosis',
		time: new Date(nowMs).toISOString(),
		isHealthy: findings.every(({verdict}) => verdict !== 'failed'),
		findings: findings.map(({code, nodes, fix, ...told}) => ({
			...told,
			...(code === undefined ? {} : {code}),
			...(nodes.length === 0 ? {} : {nodes}),
			...(fix.length === 0 ? {} : {fix}),
		})),
	})}\n`;
}

function indent(line: string): string {
	return ' '.repeat(MARK_WIDTH + 1) + printable(line);
}

/** Lines of YAML are printed so that they can be copied as they stand. */
function isManifest(line: string): boolean {
	return /^(?: |-|[a-zA-Z]+:(?: \S+)?$)/.test(line);
}

function nameSome(nodes: readonly string[]): string {
	const named = nodes.slice(0, NAMED_NODES).join(', ');
	return nodes.length > NAMED_NODES ? `${named} and ${nodes.length - NAMED_NODES} more` : named;
}

function summary(findings: readonly Finding[]): string {
	const count = (verdict: Finding['verdict']): number =>
		findings.filter(one => one.verdict === verdict).length;
	const failed = count('failed');
	const warnings = count('warning');
	return failed === 0 && warnings === 0
		? 'All is well.'
		: `${failed} failed, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('ok')} ok.`;
}

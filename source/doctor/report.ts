import {printable, printableJson} from '../metrics/model/printable.ts';
import type {Finding} from './finding.ts';

const MARKS: Readonly<Record<Finding['verdict'], string>> = {
	ok: 'ok',
	warning: 'warning',
	failed: 'FAILED',
	skipped: '-',
};

const MARK_WIDTH = 8;

/** The number of nodes listed by name; the others are counted. */
const NAMED_NODES = 8;

/** The report as text: one line for each check, and below it the fix; context by context where several are checked. */
export function describeFindings(findings: readonly Finding[]): string {
	const contexts = [...new Set(findings.flatMap(({context}) => context ?? []))];
	const parts =
		contexts.length === 0
			? [linesOf(findings)]
			: contexts.map(context => [
					`context ${printable(context)}`,
					...linesOf(findings.filter(finding => finding.context === context)),
					'',
				]);
	const rest = contexts.length === 0 ? ['', summary(findings)] : [summary(findings)];
	return `${[...parts.flat(), ...rest].join('\n')}\n`;
}

function linesOf(findings: readonly Finding[]): readonly string[] {
	const checkWidth = Math.max(...findings.map(({check}) => check.length));
	return findings.flatMap(({check, verdict, message, nodes, fix}) => [
		`${MARKS[verdict].padEnd(MARK_WIDTH)} ${check.padEnd(checkWidth)}  ${printable(message)}`,
		...(nodes.length === 0 ? [] : [indent(nameSome(nodes))]),
		...fix.map(line => indent(`${isManifest(line) ? '  ' : '→ '}${line}`)),
	]);
}

/** The report as JSON. Unknown fields are absent. */
export function findingsJson(findings: readonly Finding[], nowMs: number): string {
	return `${printableJson({
		apiVersion: 'ktop/v1',
		kind: 'Diagnosis',
		time: new Date(nowMs).toISOString(),
		isHealthy: findings.every(({verdict}) => verdict !== 'failed'),
		findings: findings.map(({code, nodes, fix, ...rest}) => ({
			...rest,
			...(code === undefined ? {} : {code}),
			...(nodes.length === 0 ? {} : {nodes}),
			...(fix.length === 0 ? {} : {fix}),
		})),
	})}\n`;
}

function indent(line: string): string {
	return ' '.repeat(MARK_WIDTH + 1) + printable(line);
}

/** Whether a line is YAML, which is printed without an arrow so that it can be copied. */
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

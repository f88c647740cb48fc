// Asks the registry for known vulnerabilities of what the lockfile pins: `node .ci/audit.mjs`. Exit code 1 where one is in
// what ktop bundles, or a high or critical one in the tools. A registry that cannot tell is said and passes: mirrors often
// have no audit endpoint, and then nothing is known.
import {spawnSync} from 'node:child_process';

const SEVERITIES = ['low', 'moderate', 'high', 'critical'];

/** What is too much in what users run, and in what only developers run. */
const REFUSED = {'--omit=dev': SEVERITIES, '--include=dev': ['high', 'critical']};

/**
 * What the text that `npm audit --json` prints means: the packages with an advisory of these severities, or why nothing is
 * known.
 */
export function readAudit(text, severities) {
	let report;
	try {
		report = JSON.parse(text);
	} catch {
		return {kind: 'unknown', reason: text.trim().split('\n', 1)[0] || 'npm audit printed nothing'};
	}

	if (typeof report?.vulnerabilities !== 'object' || report.vulnerabilities === null) {
		return {
			kind: 'unknown',
			reason: report?.message ?? report?.error?.summary ?? 'an answer without a report',
		};
	}

	const packages = Object.values(report.vulnerabilities)
		.filter(({severity}) => severities.includes(severity))
		.map(({name, severity, via}) => {
			const titles = via.flatMap(each => (typeof each === 'object' ? [`${each.title} (${each.url})`] : []));
			return `${name}: ${severity}${titles.length === 0 ? '' : `: ${titles.join('; ')}`}`;
		});
	return {kind: 'known', packages};
}

if (process.argv[1] === import.meta.filename) {
	for (const [flag, severities] of Object.entries(REFUSED)) {
		const {stdout} = spawnSync('npm', ['audit', '--json', flag], {
			encoding: 'utf8',
			shell: process.platform === 'win32',
		});
		const audit = readAudit(stdout ?? '', severities);
		if (audit.kind === 'unknown') {
			console.log(`npm audit ${flag}: skipped, the registry does not tell: ${audit.reason}`);
		} else if (audit.packages.length === 0) {
			console.log(`npm audit ${flag}: nothing of severity ${severities.join(', ')}`);
		} else {
			process.exitCode = 1;
			console.error(`npm audit ${flag}:\n  ${audit.packages.join('\n  ')}`);
		}
	}
}

import columns from './columns.md';
import configuration from './configuration.md';
import filters from './filters.md';
import history from './history.md';
import install from './install.md';
import json from './json.md';
import keys from './keys.md';
import recording from './recording.md';
import rights from './rights.md';
import sources from './sources.md';
import troubleshooting from './troubleshooting.md';

/** The long reference: a Markdown file each, for `ktop help TOPIC`, the man page, and readers of the repository. */
export const TOPICS: Readonly<Record<string, string>> = {
	install,
	sources,
	rights,
	keys,
	filters,
	columns,
	history,
	recording,
	json,
	configuration,
	troubleshooting,
};

/** What follows `# NAME: ` in the heading of a topic. */
export function summaryOf(markdown: string): string {
	const heading = /^# (.*)$/m.exec(markdown)?.[1] ?? '';
	return heading.slice(heading.indexOf(':') + 1).trim();
}

import {PRINTED_LEVELS} from '../metrics/model/levels.ts';
import {COMMAND_WORDS, SHELLS} from '../options/command-words.ts';
import type {Flag} from '../options/flag.ts';
import {SECTIONS} from '../options/option-table.ts';
import {argument, escapeRoff, renderRoff} from './render-roff.ts';
import {TOPICS} from './topics.ts';

const FORMS = [
	`[${PRINTED_LEVELS.join('|')}] [flags]`,
	'doctor|rbac [flags]',
	'record --sink URI [flags]',
	'replay FILE [flags]',
	'help [TOPIC]',
	'explain [CODE]',
	`completion ${SHELLS.join('|')}`,
];

/** Topics left out, because OPTIONS contains them. */
const FLAGS_OF_TOPIC = /^## Flags$[\s\S]*?<!-- end -->/m;

/** ktop(1): commands and flags from their tables, and then every topic. */
export function manPage(version: string): string {
	return [
		`.TH KTOP 1 "" ${argument(`ktop ${version}`)} "User Commands"`,
		'.SH NAME',
		'ktop \\- full\\-screen terminal monitor for Kubernetes',
		'.SH SYNOPSIS',
		FORMS.map(form => `\\fBktop\\fR ${escapeRoff(form)}`).join('\n.br\n'),
		'.SH DESCRIPTION',
		'Reads the kubelet or cAdvisor of every node and shows CPU, memory, network and disk of nodes, pods and',
		'containers. Where standard output is no terminal, prints one snapshot as JSON. Sends only GET to a cluster.',
		'.SH COMMANDS',
		...Object.entries(COMMAND_WORDS).flatMap(([word, help]) => entry(`\\fB${word}\\fR`, help)),
		'.SH OPTIONS',
		...SECTIONS.flatMap(({title, flags}) => [`.SS ${argument(title)}`, ...flags.flatMap(flagLines)]),
		...Object.values(TOPICS).map(text => renderRoff(text.replace(FLAGS_OF_TOPIC, '')).trimEnd()),
		'.SH EXIT STATUS',
		...entry('0', 'data was read'),
		...entry('1', 'nothing could be read, or the namespace or node that was named does not exist'),
		...entry('2', 'the command line is wrong'),
		...entry('130', 'Ctrl-C in a pipe; the screen and record end with 128 plus the number of a signal'),
		'.SH SEE ALSO',
		'.BR kubectl (1),',
		'.BR top (1)',
		'',
	].join('\n');
}

function entry(tag: string, text: string): readonly string[] {
	return ['.TP', tag, escapeRoff(text)];
}

function flagLines({name, short, value, help}: Flag): readonly string[] {
	const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
	const tag = names.map(one => `\\fB${escapeRoff(one)}\\fR`).join(', ');
	return entry(value === undefined ? tag : `${tag} \\fI${escapeRoff(value)}\\fR`, help);
}

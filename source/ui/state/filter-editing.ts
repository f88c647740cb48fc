import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import {completeFilter} from './complete-filter.ts';
import {withCompletion} from './completed.ts';
import {changePage, currentPage} from './page.ts';
import {editLine, type PromptLine, promptLine} from './prompt-line.ts';
import {withFilter} from './screen-memory.ts';
import {type Mode, type ScreenState, TABLE} from './screen-state.ts';
import type {Visible} from './visible.ts';

type FilterMode = Extract<Mode, {readonly kind: 'filter'}>;

/** Opens the filter prompt; does nothing on a page without a table. */
export function startFilter(state: ScreenState): ScreenState {
	const {level, filter} = currentPage(state);
	return level === undefined
		? state
		: {...state, mode: {kind: 'filter', line: promptLine(filter), recalled: undefined, before: filter}};
}

/** Sets a valid filter. */
export function setFilter(state: ScreenState, filter: string): ScreenState {
	return currentPage(state).level === undefined
		? {...state, message: 'cannot filter: this page has no table'}
		: {
				...changePage(state, {filter}),
				memory: {...state.memory, filters: withFilter(state.memory.filters, filter)},
			};
}

/** Handles a key of the filter prompt; rows are filtered with every key. */
export function typeFilter(
	state: ScreenState,
	key: string,
	input: string,
	visible: Pick<Visible, 'vocabulary' | 'filterAdvice'>,
): ScreenState {
	const {mode} = state;
	if (mode.kind !== 'filter') {
		return state;
	}

	switch (key) {
		case 'enter':
			return apply(state, mode, visible.filterAdvice);
		case 'esc':
		case 'ctrl-c':
			return {...changePage(state, {filter: mode.before}), mode: TABLE};
		case 'up':
		case 'down':
			return recall(state, mode, key === 'up' ? 1 : -1);
		case 'tab':
			return complete(state, mode, visible);
		default: {
			const line = editLine(mode.line, key, input);
			return line === undefined ? state : edited(state, {...mode, recalled: undefined}, line);
		}
	}
}

/** Applies the filter and closes the prompt, but keeps an invalid filter in it. Shows a message if no row matches. */
function apply(state: ScreenState, {line}: FilterMode, advice: FilterAdvice): ScreenState {
	if (advice.kind === 'wrong') {
		return state;
	}

	const filters = withFilter(state.memory.filters, line.text.trim());
	const message = advice.kind === 'vain' ? advice.message : state.message;
	return {...state, mode: TABLE, message, memory: {...state.memory, filters}};
}

function edited(state: ScreenState, mode: FilterMode, line: PromptLine): ScreenState {
	return {...changePage(state, {filter: line.text}), mode: {...mode, line}};
}

/** Recalls earlier filters, the newest first; before the newest is an empty line. */
function recall(state: ScreenState, mode: FilterMode, by: number): ScreenState {
	const {filters} = state.memory;
	const index = Math.min((mode.recalled ?? -1) + by, filters.length - 1);
	return index < 0
		? edited(state, {...mode, recalled: undefined}, promptLine(''))
		: edited(state, {...mode, recalled: index}, promptLine(filters[index] ?? ''));
}

/** Completes the word before the cursor. */
function complete(
	state: ScreenState,
	mode: FilterMode,
	{vocabulary}: Pick<Visible, 'vocabulary'>,
): ScreenState {
	const {text, cursor} = mode.line;
	const line = withCompletion(mode.line, completeFilter(text, cursor, vocabulary));
	return line === undefined ? state : edited(state, mode, line);
}

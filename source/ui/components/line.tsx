import {Text} from 'ink';
import {memo} from 'react';
import {useTheme} from '../contexts.ts';
import {inSymbols} from '../draw/ascii-symbols.ts';

export type LineProps = {
	/** Text with SGR sequences, cut and filled to the width of its box. */
	readonly text: string;
};

/** One line of preformatted text; drawn anew only when it says something else. */
export const Line = memo(function Line({text}: LineProps) {
	return <Text wrap="truncate">{inSymbols(text, useTheme())}</Text>;
});

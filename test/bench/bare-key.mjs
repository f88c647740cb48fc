// The least that Ink does for a key: one line of a screen of them is another.
import {Box, render, Text, useInput} from 'ink';
import {createElement, useState} from 'react';

function App() {
	const [row, setRow] = useState(0);
	useInput(() => setRow(before => (before + 1) % 58));
	return createElement(
		Box,
		{flexDirection: 'column'},
		Array.from({length: 58}, (_, index) =>
			createElement(Text, {key: index}, `${index === row ? '>' : ' '} row ${index}`.padEnd(198)),
		),
	);
}

render(createElement(App), {alternateScreen: true, incrementalRendering: true, interactive: true});

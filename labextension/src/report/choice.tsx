/** One of a few, side by side: radio buttons, so that arrows choose and a screen reader counts them. */
import { useId } from 'react';

export interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: Id; readonly title: string }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

export function Choice<Id extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Id>) {
  const name = useId();
  return (
    <fieldset className="jp-PyPerf-choice">
      <legend>{label}</legend>
      {choices.map(({ id, title }) => (
        <label key={id} data-chosen={id === chosen || undefined}>
          <input type="radio" name={name} checked={id === chosen} onChange={() => onChoose(id)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

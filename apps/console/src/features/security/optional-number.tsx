import { NumberInput } from '@mantine/core';

type Props = {
  label: string;
  description?: string;
  usual: number;
  min: number;
  max: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** A number that means the default while it is empty. */
export function OptionalNumber({ usual, value, onChange, ...field }: Props) {
  return (
    <NumberInput
      {...field}
      allowDecimal={false}
      placeholder={String(usual)}
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? undefined : Number(next))}
    />
  );
}

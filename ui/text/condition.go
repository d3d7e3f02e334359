package text

import "fmt"

// ConditionWords are about a webhook's jq condition. Functions take clean text.
type ConditionWords struct {
	Label, None  string
	Hint         string
	Holds, Fails func(event, value string) string // on the sample of an event
	Flag         string
}

func conditionES() ConditionWords {
	return ConditionWords{
		Label: "Condición jq",
		None:  "sin condición: todo se entrega",
		Hint:  "Se entrega lo que no da false ni null: .call_details.duration_seconds > 60",
		Holds: func(event, value string) string {
			return fmt.Sprintf("Con el ejemplo de %s se entrega: da %s", event, value)
		},
		Fails: func(event, value string) string {
			if value == "" {
				return fmt.Sprintf("Con el ejemplo de %s no se entrega: no da nada", event)
			}
			return fmt.Sprintf("Con el ejemplo de %s no se entrega: da %s", event, value)
		},
		Flag: "expresión jq: solo se entregan los eventos en que no da false ni null",
	}
}

func conditionEN() ConditionWords {
	return ConditionWords{
		Label: "jq condition",
		None:  "no condition: all is delivered",
		Hint:  "Delivered is what gives neither false nor null: .call_details.duration_seconds > 60",
		Holds: func(event, value string) string {
			return fmt.Sprintf("The sample of %s is delivered: it gives %s", event, value)
		},
		Fails: func(event, value string) string {
			if value == "" {
				return fmt.Sprintf("The sample of %s is not delivered: it gives nothing", event)
			}
			return fmt.Sprintf("The sample of %s is not delivered: it gives %s", event, value)
		},
		Flag: "jq expression: only events for which it is neither false nor null are delivered",
	}
}

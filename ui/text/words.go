// Package text has every word of the product in Spanish and English, numbers and
// times, and Clean, which makes untrusted text safe for a terminal.
package text

// Lang is a language of the product.
type Lang string

const (
	ES Lang = "es"
	EN Lang = "en"
)

// Words is the catalogue of one language. It is a struct of structs so that a
// missing word does not compile away silently: a test finds blank and unused ones.
type Words struct {
	Lang       Lang
	Shell      ShellWords
	Hooks      HooksWords
	State      StateWords
	Problem    ProblemWords
	CLI        CLIWords
	Form       FormWords
	Trial      TrialWords
	Engine     EngineWords
	Deliveries DeliveriesWords
	Delivery   DeliveryWords
	Condition  ConditionWords
	Alert      AlertWords
	Settings   SettingsWords
	Viewer     ViewerWords
	Metrics    MetricsWords
	Upkeep     UpkeepWords
	Listen     ListenWords
	Signature  SignatureWords
	Export     ExportWords
}

// For returns the words of a language; English for one we do not have.
func For(lang Lang) *Words {
	if lang == ES {
		return &Words{
			Lang:       ES,
			Shell:      shellES(),
			Hooks:      hooksES(),
			State:      stateES(),
			Problem:    problemsES(),
			CLI:        cliES(),
			Form:       formES(),
			Trial:      trialES(),
			Engine:     engineES(),
			Deliveries: deliveriesES(),
			Delivery:   deliveryES(),
			Condition:  conditionES(),
			Alert:      alertES(),
			Settings:   settingsES(),
			Viewer:     viewerES(),
			Metrics:    metricsES(),
			Upkeep:     upkeepES(),
			Listen:     listenES(),
			Signature:  signatureES(),
			Export:     exportES(),
		}
	}
	return &Words{
		Lang:       EN,
		Shell:      shellEN(),
		Hooks:      hooksEN(),
		State:      stateEN(),
		Problem:    problemsEN(),
		CLI:        cliEN(),
		Form:       formEN(),
		Trial:      trialEN(),
		Engine:     engineEN(),
		Deliveries: deliveriesEN(),
		Delivery:   deliveryEN(),
		Condition:  conditionEN(),
		Alert:      alertEN(),
		Settings:   settingsEN(),
		Viewer:     viewerEN(),
		Metrics:    metricsEN(),
		Upkeep:     upkeepEN(),
		Listen:     listenEN(),
		Signature:  signatureEN(),
		Export:     exportEN(),
	}
}
